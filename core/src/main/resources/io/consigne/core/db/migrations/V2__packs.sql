-- A pack has thousands of segments; one of them is found by its place.
CREATE INDEX content_segments_place ON content_segments (store_file, offset_bytes);
DROP INDEX content_segments_file;
