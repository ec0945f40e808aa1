-- Which OPD have a request of this number, and since when.
SELECT registration_no, opd, min(received_day)
FROM ppid_cases
WHERE region = {region:String} AND generation = {generation:UInt64} AND opd != ''
GROUP BY registration_no, opd
