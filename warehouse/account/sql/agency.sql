-- Whether a region has an OPD of this code.
SELECT count()
FROM opd_current
WHERE region = {region:String} AND code = {opd:String}
