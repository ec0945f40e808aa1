-- Months with a story, a request or a complaint, newest first.
SELECT DISTINCT toInt32(toYear(day)) AS year, toInt32(toMonth(day)) AS month
FROM
(
    SELECT day FROM stories WHERE region = {region:String} AND generation = {articles:UInt64}
    UNION ALL
    SELECT received_day AS day FROM ppid_cases WHERE region = {region:String} AND generation = {ppid:UInt64}
    UNION ALL
    SELECT submitted_day AS day FROM complaint_spells WHERE region = {region:String} AND generation = {complaints:UInt64}
)
ORDER BY year DESC, month DESC
