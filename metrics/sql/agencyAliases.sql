-- Decided spellings of OPD names.
SELECT alias, target
FROM aliases_current
WHERE region = {region:String} AND kind = 'opd'
