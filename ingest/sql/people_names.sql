SELECT person_id, name, aliases, valid_from, valid_to
FROM people_current
WHERE region = {region:String}
