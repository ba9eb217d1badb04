-- What is known of a phone's updates after one more check: `nextProgress` in lib/devices/progress.ts, which is the
-- definition, said in SQL. Times are milliseconds since 1970, so that nothing depends on a session's time zone.
--
-- Every phone that is offered something comes through here, so it holds no query: those cost ten times as much as all
-- the rest of a check.
CREATE FUNCTION next_device_progress(
  progress jsonb, asked_at timestamptz, reason text, installed jsonb, offered jsonb
) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  asked_ms CONSTANT bigint := extract(epoch FROM asked_at) * 1000;
  runs jsonb := '{}';
  offers jsonb := '{}';
  kinds jsonb;
  kind text;
  module jsonb;
  known jsonb;
  result jsonb := '{}';
BEGIN
  -- Where a type is named twice, the last one counts, as when the check is judged.
  FOR place IN 0 .. jsonb_array_length(installed) - 1 LOOP
    module := installed -> place;
    IF module ->> 'version' <> '' THEN
      runs := runs || jsonb_build_object(lower(module ->> 'updateType'), module -> 'version');
    END IF;
  END LOOP;
  FOR place IN 0 .. jsonb_array_length(offered) - 1 LOOP
    module := offered -> place;
    offers := offers || jsonb_build_object(lower(module ->> 'updateType'), module);
  END LOOP;

  kinds := jsonb_path_query_array(progress || offers, '$.keyvalue().key');
  FOR place IN 0 .. jsonb_array_length(kinds) - 1 LOOP
    kind := kinds ->> place;
    known := progress -> kind;
    IF NOT offers ? kind THEN
      -- Nothing is due: either it has arrived, or there is nothing to arrive at any more.
      CONTINUE WHEN runs -> kind IS DISTINCT FROM known -> 'version';
      IF NOT known ? 'runningAt' OR known ? 'lostAt' THEN
        known := (known - 'lostAt') || jsonb_build_object('runningAt', asked_ms);
      END IF;
    ELSIF known -> 'version' IS DISTINCT FROM offers -> kind -> 'version' THEN
      known := jsonb_build_object(
        'updateType', offers -> kind -> 'updateType',
        'version', offers -> kind -> 'version',
        'offeredAt', asked_ms
      );
      IF runs ? kind THEN
        known := known || jsonb_build_object('fromVersion', runs -> kind);
      END IF;
    ELSE
      IF known ? 'runningAt' AND NOT known ? 'lostAt' THEN
        known := known || jsonb_build_object('lostAt', asked_ms);
      END IF;
      IF reason = 'boot' THEN
        known := known || jsonb_build_object('bootedAt', asked_ms);
      END IF;
    END IF;
    result := result || jsonb_build_object(kind, known);
  END LOOP;
  RETURN result;
END
$$;

-- The same for several checks of one phone, in the order in which it made them: a batch may hold more than one.
CREATE FUNCTION fold_device_progress(progress jsonb, checks jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  said jsonb;
BEGIN
  FOR place IN 0 .. jsonb_array_length(checks) - 1 LOOP
    said := checks -> place;
    progress := next_device_progress(
      progress, (said ->> 'at')::timestamptz, said ->> 'trigger', said -> 'requested', said -> 'offered'
    );
  END LOOP;
  RETURN progress;
END
$$;
