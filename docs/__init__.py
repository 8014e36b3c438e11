"""The pages, and the scripts that draw and renew what is generated in them."""
