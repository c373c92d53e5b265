"""What a page says about a case: pure functions from standings to small things to show.

They hold the wording, so that templates decide nothing and views only fetch and send.
"""
