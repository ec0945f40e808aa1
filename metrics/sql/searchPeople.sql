-- The region's people with the spellings that were decided to mean them.
SELECT
    person.person_id, person.name, person.person_group, person.opd_raw,
    arrayConcat(person.aliases, decided.spellings), toInt32(person.valid_from), toInt32(person.valid_to)
FROM people_current AS person
LEFT JOIN
(
    SELECT target, groupArray(alias) AS spellings
    FROM aliases_current
    WHERE region = {region:String} AND kind = 'person'
    GROUP BY target
) AS decided ON decided.target = person.person_id
WHERE person.region = {region:String}
