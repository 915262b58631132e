-- Secondary indexes that queries need: at the source when the application is made, at the cluster after the
-- full load, which is quicker without them. DMS brings none.
CREATE INDEX orders_placed ON orders (placed_at);
CREATE INDEX orders_status ON orders (status, customer_id);
