-- Texts that name an OPD or a person and may be unresolved: where they stand, how often, from when to when,
-- and one example. What articles print is listed whole; only the caller can say which of it resolves.
SELECT
    kind,
    text,
    groupUniqArray(place) AS places,
    count()               AS uses,
    min(on_day)           AS first_day,
    max(on_day)           AS last_day,
    argMax(example, on_day)
FROM
(
    SELECT 'opd' AS kind, sumber_raw AS text, 'sumber' AS place, coalesce(day, first_seen_day) AS on_day, url AS example
    FROM story_articles
    WHERE region = {region:String} AND generation = {articles:UInt64} AND sumber_raw != ''
    UNION ALL
    SELECT 'opd', opd_raw, 'source', coalesce(day, first_seen_day), url
    FROM story_articles
    WHERE region = {region:String} AND generation = {articles:UInt64} AND opd_raw != ''
    UNION ALL
    SELECT 'person', arrayJoin(unmatched_people), 'byline', coalesce(day, first_seen_day), url
    FROM story_articles
    WHERE region = {region:String} AND generation = {articles:UInt64}
    UNION ALL
    SELECT 'opd', opd_raw, 'ppid', received_day, registration_no
    FROM ppid_cases
    WHERE region = {region:String} AND generation = {ppid:UInt64} AND opd = '' AND opd_raw != ''
    UNION ALL
    SELECT 'person', officer_raw, 'ppid', received_day, registration_no
    FROM ppid_cases
    WHERE region = {region:String} AND generation = {ppid:UInt64} AND officer = '' AND officer_raw != ''
    UNION ALL
    SELECT 'opd', opd_raw, 'complaints', submitted_day, tracking_id
    FROM complaint_cases
    WHERE region = {region:String} AND generation = {complaints:UInt64} AND opd = '' AND opd_raw != ''
    UNION ALL
    SELECT 'person', officer_raw, 'complaints', submitted_day, tracking_id
    FROM complaint_cases
    WHERE region = {region:String} AND generation = {complaints:UInt64} AND officer = '' AND officer_raw != ''
    UNION ALL
    SELECT 'opd', opd_raw, 'agenda', day, agenda_id
    FROM agenda_items
    WHERE region = {region:String} AND generation = {agenda:UInt64} AND opd = '' AND opd_raw != ''
)
GROUP BY kind, text
ORDER BY uses DESC, kind, text
