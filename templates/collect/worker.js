import { keep } from "{{ url_for('collect.code', code=version, name='keeping.js') }}";
keep({{ {"version": version, "files": kept, "start": start} | tojson }});
