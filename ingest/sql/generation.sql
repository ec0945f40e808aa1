-- The generation that readers see now, 0 when there is none.
SELECT max(generation)
FROM rollup_generations
WHERE region = {region:String} AND rollup = {rollup:String}
