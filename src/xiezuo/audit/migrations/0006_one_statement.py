"""One act appended by one statement, whose plan PostgreSQL keeps: the hash is taken where the tip is locked."""

from django.db import migrations

APPEND = """
DROP FUNCTION IF EXISTS audit_append;
CREATE FUNCTION audit_append(of_algorithm text, quoted_chain text, act_text text, of_at timestamptz, of_actor text,
  of_act text, of_chain text, of_target text, of_details jsonb, of_origin text, of_unit text, of_result text,
  of_before jsonb, of_after jsonb) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE here uuid; tip record;
BEGIN
  SELECT id INTO STRICT here FROM public.audit_instance;
  INSERT INTO public.audit_chain (code, sequence, hash, previous)
    SELECT of_chain, 0, repeat('0', 64), '' WHERE NOT EXISTS (SELECT 1 FROM public.audit_chain WHERE code = of_chain)
    ON CONFLICT DO NOTHING;
  UPDATE public.audit_chain held SET sequence = held.sequence + 1, previous = held.hash,
    hash = encode(sha256(convert_to('{"algorithm":"sha256","instance":"' || here || '","chain":' || quoted_chain
      || ',"sequence":' || held.sequence + 1 || ',"previous":"' || held.hash || '",' || act_text, 'UTF8')), 'hex')
    WHERE held.code = of_chain RETURNING held.sequence, held.previous, held.hash INTO tip;
  INSERT INTO public.audit_entry (at, actor, act, chain, target, details, origin, unit, result, before, after,
    sequence, instance, algorithm, previous, hash)
  VALUES (of_at, of_actor, of_act, of_chain, of_target, of_details, of_origin, of_unit, of_result, of_before, of_after,
    tip.sequence, here, of_algorithm, tip.previous, tip.hash);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_tip")]

    operations = [migrations.RunSQL(APPEND, "DROP FUNCTION audit_append")]
