-- The rows in which a printed name stands that nobody could resolve, the latest first; see doubtful.sql of
-- package ingest, which counts them.
SELECT of, place, opd, id, title, url, toInt32(on_day)
FROM
(
    SELECT 'article' AS of, 'sumber' AS place, opd, '' AS id, title, url, coalesce(day, first_seen_day) AS on_day
    FROM story_articles
    WHERE region = {region:String} AND generation = {articles:UInt64} AND {kind:String} = 'opd' AND sumber_raw = {text:String}
    UNION ALL
    SELECT 'article', 'source', opd, '', title, url, coalesce(day, first_seen_day)
    FROM story_articles
    WHERE region = {region:String} AND generation = {articles:UInt64} AND {kind:String} = 'opd' AND opd_raw = {text:String}
    UNION ALL
    SELECT 'article', 'byline', opd, '', title, url, coalesce(day, first_seen_day)
    FROM story_articles
    ARRAY JOIN unmatched_people AS person
    WHERE region = {region:String} AND generation = {articles:UInt64} AND {kind:String} = 'person' AND person = {text:String}
    UNION ALL
    SELECT 'ppid', 'ppid', opd, registration_no, '', '', received_day
    FROM ppid_cases
    WHERE region = {region:String} AND generation = {ppid:UInt64}
      AND ({kind:String} = 'opd' AND opd = '' AND opd_raw = {text:String} OR {kind:String} = 'person' AND officer = '' AND officer_raw = {text:String})
    UNION ALL
    SELECT 'complaint', 'complaints', opd, tracking_id, '', '', submitted_day
    FROM complaint_cases
    WHERE region = {region:String} AND generation = {complaints:UInt64}
      AND ({kind:String} = 'opd' AND opd = '' AND opd_raw = {text:String} OR {kind:String} = 'person' AND officer = '' AND officer_raw = {text:String})
    UNION ALL
    SELECT 'event', 'agenda', opd, agenda_id, title, '', day
    FROM agenda_items
    WHERE region = {region:String} AND generation = {agenda:UInt64} AND {kind:String} = 'opd' AND opd = '' AND opd_raw = {text:String}
)
ORDER BY on_day DESC, place, id, url
