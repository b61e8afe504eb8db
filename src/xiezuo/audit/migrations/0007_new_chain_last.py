"""Only an act that finds no chain begins one; the tips have room to be rewritten in their own pages."""

from django.db import migrations

APPEND = """
CREATE OR REPLACE FUNCTION audit_append(of_algorithm text, quoted_chain text, act_text text, of_at timestamptz,
  of_actor text, of_act text, of_chain text, of_target text, of_details jsonb, of_origin text, of_unit text,
  of_result text, of_before jsonb, of_after jsonb) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE here uuid; tip record;
BEGIN
  SELECT id INTO STRICT here FROM public.audit_instance;
  LOOP
    UPDATE public.audit_chain held SET sequence = held.sequence + 1, previous = held.hash,
      hash = encode(sha256(convert_to('{"algorithm":"sha256","instance":"' || here || '","chain":' || quoted_chain
        || ',"sequence":' || held.sequence + 1 || ',"previous":"' || held.hash || '",' || act_text, 'UTF8')), 'hex')
      WHERE held.code = of_chain RETURNING held.sequence, held.previous, held.hash INTO tip;
    EXIT WHEN FOUND;
    INSERT INTO public.audit_chain (code, sequence, hash, previous) VALUES (of_chain, 0, repeat('0', 64), '')
      ON CONFLICT DO NOTHING;
  END LOOP;
  INSERT INTO public.audit_entry (at, actor, act, chain, target, details, origin, unit, result, before, after,
    sequence, instance, algorithm, previous, hash)
  VALUES (of_at, of_actor, of_act, of_chain, of_target, of_details, of_origin, of_unit, of_result, of_before, of_after,
    tip.sequence, here, of_algorithm, tip.previous, tip.hash);
END $$;
ALTER TABLE audit_chain SET (fillfactor = 20);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_one_statement")]

    operations = [migrations.RunSQL(APPEND, migrations.RunSQL.noop)]
