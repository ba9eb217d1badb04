-- The writer of checks may leave out those that changed no serial number, and then says what was reported and offered
-- before: "serialBefore" and "offeredBefore". The previous version of the program says neither, and leaves out nothing.
CREATE OR REPLACE FUNCTION fold_serial_changes(
  changes jsonb, serial text, offered jsonb, checks jsonb
) RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  max_changes CONSTANT int := 8;
  said jsonb;
  channel text;
BEGIN
  FOR place IN 0 .. jsonb_array_length(checks) - 1 LOOP
    said := checks -> place;
    IF said ->> 'serialNumber' IS NOT NULL THEN
      serial := coalesce(said ->> 'serialBefore', serial);
      offered := coalesce(nullif(said -> 'offeredBefore', 'null'), offered);
      IF lower(said ->> 'serialNumber') <> lower(serial) THEN
        SELECT offer ->> 'channel' INTO channel
        FROM jsonb_array_elements(offered) offer, jsonb_array_elements(said -> 'requested') module
        WHERE lower(offer ->> 'updateType') = lower(module ->> 'updateType')
          AND offer ->> 'version' = module ->> 'version'
        LIMIT 1;
        changes := jsonb_build_array(jsonb_build_object(
          'serialNumber', serial,
          'atMs', (extract(epoch FROM (said ->> 'at')::timestamptz) * 1000)::bigint,
          'channel', channel
        )) || changes;
        IF jsonb_array_length(changes) > max_changes THEN
          changes := changes - max_changes;
        END IF;
      END IF;
      serial := said ->> 'serialNumber';
    END IF;
    offered := said -> 'offered';
  END LOOP;
  RETURN changes;
END
$$;
