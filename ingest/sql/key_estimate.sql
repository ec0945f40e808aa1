-- About how many articles a region has.
SELECT uniqCombined(key_hash)
FROM articles
WHERE region = {region:String}
