"""Reading documents: the trusted side. It starts sandboxed children and believes none of them."""
