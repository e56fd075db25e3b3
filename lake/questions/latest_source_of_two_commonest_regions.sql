-- Of the two regions with the most trips, which source was seen last?
SELECT source, region, last
FROM source_regions
WHERE region IN (SELECT region FROM regions ORDER BY trips DESC, region LIMIT 2)
ORDER BY last_epoch_us DESC, source, region
LIMIT 1;
