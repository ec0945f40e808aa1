SELECT code, name, short_name, aliases, valid_from, valid_to
FROM opd_current
WHERE region = {region:String}
