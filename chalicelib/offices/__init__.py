"""Who holds which office, since when and until when; who may change that. Accounts themselves belong to the user pool."""
