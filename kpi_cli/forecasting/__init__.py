"""How an outturn is forecast: kinds of series, profiles of a year, formulas, backtest."""
