"""The tour: the whole story played by HTTP against running processes, and told step by step.

It looks only at pages, at mails and at the Xero's own record, never into the product's tables.
"""
