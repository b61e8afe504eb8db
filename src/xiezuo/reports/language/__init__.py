"""The language of report templates: sandboxed expressions in lines of marked text, rendered into a document."""
