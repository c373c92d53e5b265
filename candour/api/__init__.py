"""What other programs may read of a body’s cases, with a token that a person gives them."""
