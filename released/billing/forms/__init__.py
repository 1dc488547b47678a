"""What people type into Income and Expenses, checked field by field."""
