-- A correction of data, at the source alone: DMS brings it. The same twice changes nothing.
UPDATE orders SET note = NULL WHERE status = 'cancelled' AND note IS NOT NULL;
UPDATE products SET title = CONCAT('Product no. ', id) WHERE id <= 10;
