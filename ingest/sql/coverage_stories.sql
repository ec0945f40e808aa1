-- The stories that can be about an event: those of the OPD that announce any, and those of any OPD we know with the day of
-- the event that one of their articles gives. Addresses of rollups are links (see link.go), those of facts canonical:
-- they are one without their beginnings.
SELECT s.story_id, s.opd, s.day, s.title, s.url, s.authors, e.event_day
FROM stories AS s
LEFT JOIN
(
    SELECT a.story_id AS story_id, min(f.event_date) AS event_day
    FROM story_articles AS a
    INNER JOIN
    (
        SELECT url, event_date
        FROM articles
        WHERE region = {region:String} AND NOT deleted AND isNotNull(event_date)
          AND (key_hash, version) GLOBAL IN (
              SELECT key_hash, max(version) FROM articles
              WHERE region = {region:String}
                AND key_hash GLOBAL IN (SELECT key_hash FROM articles WHERE region = {region:String} AND isNotNull(event_date))
              GROUP BY key_hash)
        LIMIT 1 BY key_hash
    ) AS f ON replaceRegexpOne(f.url, '^https?://(www[.])?', '') = replaceRegexpOne(a.url, '^https?://(www[.])?', '')
    WHERE a.region = {region:String} AND a.generation = {generation:UInt64}
    GROUP BY story_id
) AS e ON e.story_id = s.story_id
WHERE s.region = {region:String} AND s.generation = {generation:UInt64} AND s.opd != ''
  AND (s.opd IN {announcing:Array(String)} OR isNotNull(e.event_day))
