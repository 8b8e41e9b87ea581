"""The codebook: its page, and what sidebar and cases share of it."""
