window.daybookHealth = {"day": "2027-01-01", "shown": "1 January 2027", "stale_after_days": 5};
