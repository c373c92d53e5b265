"""Forms made from the procedure: what may be typed, how it is read, what was wrong with it."""
