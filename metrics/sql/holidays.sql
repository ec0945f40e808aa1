-- National days off and the region's own.
SELECT toInt32(date), name, kind, decree
FROM holidays_current
WHERE region IN ('', {region:String})
