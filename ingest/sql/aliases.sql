SELECT kind, alias, target, valid_from, valid_to
FROM aliases_current
WHERE region = {region:String}
