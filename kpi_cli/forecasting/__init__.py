"""How a forecast of the outturn is made: kinds of series, profiles of a year, formulas, backtest."""
