"""Who a person is and where: NIK, family card number, names, region codes, vocabularies. Plain values, fast
to import."""
