-- A phone that is no longer offered a version because its roll-out is halted keeps what is known of its update, like one
-- whose offer is suspended. No check of the previous version of the program has such a judgement.
CREATE OR REPLACE FUNCTION next_device_progress(
  progress jsonb, asked_at timestamptz, reason text, installed jsonb, offered jsonb, judgements jsonb
) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  asked_ms CONSTANT bigint := extract(epoch FROM asked_at) * 1000;
  runs CONSTANT jsonb := installed_versions(installed);
  offers jsonb := '{}';
  verdicts jsonb := '{}';
  kinds jsonb;
  kind text;
  module jsonb;
  known jsonb;
  result jsonb := '{}';
BEGIN
  FOR place IN 0 .. jsonb_array_length(offered) - 1 LOOP
    module := offered -> place;
    offers := offers || jsonb_build_object(lower(module ->> 'updateType'), module);
  END LOOP;

  kinds := jsonb_path_query_array(progress || offers, '$.keyvalue().key');
  FOR place IN 0 .. jsonb_array_length(kinds) - 1 LOOP
    kind := kinds ->> place;
    known := progress -> kind;
    IF NOT offers ? kind THEN
      verdicts := '{}';
      FOR rule IN 0 .. jsonb_array_length(judgements) - 1 LOOP
        module := judgements -> rule;
        IF lower(module ->> 'updateType') = kind AND module -> 'version' = known -> 'version' THEN
          verdicts := verdicts || jsonb_build_object(module ->> 'verdict', true);
        END IF;
      END LOOP;
      IF verdicts ? 'suspended' OR verdicts ? 'halted' THEN
        NULL;
      ELSIF runs -> kind = known -> 'version' OR verdicts ? 'already_installed' THEN
        IF NOT known ? 'runningAt' OR known ? 'lostAt' THEN
          known := (known - 'lostAt') || jsonb_build_object('runningAt', asked_ms);
        END IF;
        known := known - 'otherVersion' - 'otherVersionAt' - 'attempts' - 'attemptedAt';
      ELSE
        -- There is nothing to arrive at any more.
        CONTINUE;
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
      IF NOT runs ? kind OR NOT known ? 'fromVersion'
        OR version_key(runs ->> kind) = version_key(known ->> 'fromVersion')
      THEN
        known := known - 'otherVersion' - 'otherVersionAt';
      ELSE
        -- A third version: what it shows of an attempt is counted once.
        IF runs -> kind IS DISTINCT FROM known -> 'otherVersion'
          OR (known ->> 'lastDownloadedAt')::bigint
            > coalesce((known ->> 'attemptedAt')::bigint, (known ->> 'offeredAt')::bigint)
          OR (reason = 'boot' AND NOT known ? 'downloadedAt')
        THEN
          known := known || jsonb_build_object(
            'attempts', coalesce((known ->> 'attempts')::int, 0) + 1, 'attemptedAt', asked_ms
          );
        END IF;
        known := known || jsonb_build_object(
          'otherVersion', runs -> kind, 'otherVersionAt', asked_ms
        );
      END IF;
    END IF;
    result := result || jsonb_build_object(kind, known);
  END LOOP;
  RETURN result;
END
$$;
