-- In which regions did the source cheap_mobile appear?
SELECT region, trips, first, last
FROM source_regions
WHERE source = 'cheap_mobile'
ORDER BY trips DESC, region;
