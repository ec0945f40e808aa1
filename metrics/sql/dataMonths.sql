-- Months with a story, a request or a complaint, newest first, and the first and the last day of each that has one, in days since 1970-01-01.
SELECT toInt32(toYear(day)) AS year, toInt32(toMonth(day)) AS month, toInt32(min(day)) AS first, toInt32(max(day)) AS last
FROM
(
    SELECT day FROM stories WHERE region = {region:String} AND generation = {articles:UInt64}
    UNION ALL
    SELECT received_day AS day FROM ppid_cases WHERE region = {region:String} AND generation = {ppid:UInt64}
    UNION ALL
    SELECT submitted_day AS day FROM complaint_spells WHERE region = {region:String} AND generation = {complaints:UInt64}
)
GROUP BY year, month
ORDER BY year DESC, month DESC
