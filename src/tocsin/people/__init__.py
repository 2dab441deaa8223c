"""Who may ask the board: passwords, keys and how often one may try. Knows no store and no web.

    passwords   hash_password, verify_password      keys   new_key, digest_of
    throttle    Throttle                            config PeopleSettings

Accounts themselves are records that `tocsin.store` keeps; `tocsin.api.doorkeeper` joins the two.
Nothing is loaded here: settings are read by every command, password hashing by two.
"""
