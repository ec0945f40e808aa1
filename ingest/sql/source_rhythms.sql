-- How many articles every source published within a stretch of time.
SELECT source, countIf(published_at BETWEEN {from:DateTime64(3, 'UTC')} AND {to:DateTime64(3, 'UTC')})
FROM story_articles
WHERE region = {region:String} AND generation = {generation:UInt64}
GROUP BY source
