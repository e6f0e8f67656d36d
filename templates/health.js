window.daybookHealth = {{ health | tojson }};
