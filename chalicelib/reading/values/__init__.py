"""What single values mean and what speaks for them: NIK, birth, places, blood groups."""
