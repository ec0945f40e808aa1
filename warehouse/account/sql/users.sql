-- Every user, newest version, by name.
SELECT region, name, display_name, role, opd, person_id, password_hash, token_hash, epoch, disabled, created_at, changed_at, version
FROM (SELECT * FROM users ORDER BY version DESC LIMIT 1 BY name)
ORDER BY name
