-- The published generation of every rollup of a region. (GROUP BY rollup would read as ROLLUP.)
SELECT rollup AS name, max(generation)
FROM rollup_generations
WHERE region = {region:String}
GROUP BY name
