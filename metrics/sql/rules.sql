-- Every deadline rule that can apply in a region, newest version of each row.
SELECT region, rule, case_kind, limit_days, extended_limit_days, unit, law, article, toInt32(valid_from), toInt32(valid_to)
FROM
(
    SELECT *
    FROM rules
    WHERE region IN ('', {region:String})
    ORDER BY version DESC
    LIMIT 1 BY region, rule, case_kind, valid_from
)
