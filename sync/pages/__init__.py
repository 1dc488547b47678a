"""The pages on which people follow and steer sync: thin views, and beneath them what each page shows."""
