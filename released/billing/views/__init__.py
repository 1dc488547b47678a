"""The pages of Income and Expenses: doors that parse, call and answer."""
