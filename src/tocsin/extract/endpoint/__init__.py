"""A reader behind an address: any OpenAI-compatible endpoint, trusted with nothing.

1. asking   the article and a JSON schema go to the endpoint; an answer comes back, bounded
2. answer   incidents as quotes and names of kinds
3. verify   each quote is looked for in the article's text; what is not there is dropped and counted
4. reader   what is left becomes mentions, whose words are the article's own
"""
