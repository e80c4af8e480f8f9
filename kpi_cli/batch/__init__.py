"""Many workbooks in one run: find → rate, wherever there is a worker → keep → sum up."""
