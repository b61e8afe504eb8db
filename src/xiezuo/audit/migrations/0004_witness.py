"""What the journal may know of a ledger: how many rows it has and a hash of them, never what they say.

The functions run as the owner of the tables, because whoever verifies the journal may not read the ledger.
"""

from django.db import migrations

DIGEST = """
CREATE FUNCTION audit_ledger_digest(of_table text, of_commission bigint, up_to bigint,
                                    OUT shape text, OUT rows bigint, OUT last bigint, OUT digest text, OUT closed text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601'
AS $$
DECLARE names text; relation oid := to_regclass('public.' || quote_ident(of_table));
BEGIN
  IF (SELECT count(*) FROM pg_attribute WHERE attrelid = relation AND NOT attisdropped
      AND attname IN ('commission_id', 'known_until', 'closed_by_load')) <> 3 THEN
    RAISE EXCEPTION '% is no table of dated rows', of_table;
  END IF;
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname) INTO names FROM pg_attribute
   WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
     AND attname NOT IN ('known_until', 'closed_by_load');
  shape := encode(sha256(convert_to(names, 'UTF8')), 'hex');
  EXECUTE format(
    'SELECT count(*), coalesce(max(id), 0),'
    ' encode(sha256(coalesce(string_agg(sha256(convert_to(ROW(%s)::text, ''UTF8'')), '''' ORDER BY id), '''')), ''hex''),'
    ' encode(sha256(coalesce(string_agg(sha256(convert_to(ROW(id, known_until, closed_by_load)::text, ''UTF8'')), '''''
    ' ORDER BY id) FILTER (WHERE known_until IS NOT NULL), '''')), ''hex'')'
    ' FROM public.%I WHERE commission_id = $1 AND id <= $2', names, of_table)
  INTO rows, last, digest, closed USING of_commission, up_to;
END $$;
"""
LEDGERS = """
CREATE FUNCTION audit_ledgers() RETURNS TABLE (id bigint, code text, ledger_version bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ BEGIN
  RETURN QUERY SELECT held.id, held.code::text, held.ledger_version FROM organisation_commission held ORDER BY held.id;
END $$;
"""
HOLD = """
CREATE FUNCTION audit_hold_ledger(of_commission bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ BEGIN
  RETURN (SELECT held.ledger_version FROM organisation_commission held WHERE held.id = of_commission
          FOR UPDATE SKIP LOCKED);
END $$;
"""
NOBODY_ELSE = """
REVOKE ALL ON FUNCTION audit_ledger_digest(text, bigint, bigint), audit_ledgers(), audit_hold_ledger(bigint) FROM PUBLIC;
"""
AWAY = """
DROP FUNCTION audit_ledger_digest(text, bigint, bigint);
DROP FUNCTION audit_ledgers();
DROP FUNCTION audit_hold_ledger(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_heads")]

    operations = [migrations.RunSQL(DIGEST + LEDGERS + HOLD + NOBODY_ELSE, AWAY)]
