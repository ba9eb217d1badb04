-- What is known of a phone's updates after one more check: `nextProgress` in lib/devices/progress.ts, which is the
-- definition, said in SQL. Times are milliseconds since 1970, so that nothing depends on a session's time zone.
CREATE FUNCTION next_device_progress(
  progress jsonb, asked_at timestamptz, reason text, installed jsonb, offered jsonb
) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(kind, facts) FILTER (WHERE facts IS NOT NULL), '{}')
  FROM (
    SELECT
      kind,
      CASE
        -- Nothing is due: either it has arrived, or there is nothing to arrive at any more.
        WHEN offer IS NULL THEN CASE
          WHEN runs IS DISTINCT FROM known ->> 'version' THEN NULL
          WHEN known ? 'runningAt' AND NOT known ? 'lostAt' THEN known
          ELSE (known - 'lostAt') || jsonb_build_object('runningAt', asked_ms)
        END
        WHEN known IS NULL OR known ->> 'version' <> offer ->> 'version' THEN
          jsonb_build_object(
            'updateType', offer -> 'updateType', 'version', offer -> 'version', 'offeredAt', asked_ms
          ) || CASE WHEN runs IS NULL THEN '{}' ELSE jsonb_build_object('fromVersion', runs) END
        ELSE known
          || CASE WHEN reason = 'boot' THEN jsonb_build_object('bootedAt', asked_ms) ELSE '{}' END
          || CASE WHEN known ? 'runningAt' AND NOT known ? 'lostAt'
            THEN jsonb_build_object('lostAt', asked_ms) ELSE '{}' END
      END AS facts
    FROM (
      SELECT
        kind,
        progress -> kind AS known,
        -- Where a type is named twice, the last one counts, as when the check is judged.
        (
          SELECT module ->> 'version'
          FROM jsonb_array_elements(installed) WITH ORDINALITY said (module, place)
          WHERE lower(module ->> 'updateType') = kind AND module ->> 'version' <> ''
          ORDER BY place DESC LIMIT 1
        ) AS runs,
        (
          SELECT module
          FROM jsonb_array_elements(offered) WITH ORDINALITY given (module, place)
          WHERE lower(module ->> 'updateType') = kind
          ORDER BY place DESC LIMIT 1
        ) AS offer,
        (extract(epoch FROM asked_at) * 1000)::bigint AS asked_ms
      FROM (
        SELECT jsonb_object_keys(progress) AS kind
        UNION
        SELECT lower(module ->> 'updateType') FROM jsonb_array_elements(offered) module
      ) kinds
    ) said
  ) settled
$$;

-- The same for several checks of one phone, in the order in which it made them: a batch may hold more than one.
CREATE FUNCTION fold_device_progress(progress jsonb, checks jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  said jsonb;
BEGIN
  FOR said IN SELECT jsonb_array_elements(checks) LOOP
    progress := next_device_progress(
      progress, (said ->> 'at')::timestamptz, said ->> 'trigger', said -> 'requested', said -> 'offered'
    );
  END LOOP;
  RETURN progress;
END
$$;

-- Whose download an address asks for is looked up among the phones that have an update in hand.
CREATE INDEX "Device_address_in_hand" ON "Device" ("address") WHERE "progress" <> '{}';
