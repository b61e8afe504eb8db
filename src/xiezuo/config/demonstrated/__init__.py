"""Two years of the demonstration county: stories that its accounts play with the real operations. Everything is fictional.

A story is a generator that says when its next act is before it does it. The director lets all stories act in the order
of time and leaves out whatever lies ahead of today, so that the journal reads as an office would have written it.
"""
