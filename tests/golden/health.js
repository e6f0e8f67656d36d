window.daybookHealth = {"stale_after_days":5,"day":"2027-01-01","shown":"1 January 2027"};
