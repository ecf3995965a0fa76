"""What an author does in a browser."""

from tests.practices.writing import picture


def write(page):
    """Everything that the review needs, in both languages, with a picture."""
    page.get_by_role("radio", name="The full description").check()
    page.fill("#id_title_en", "Open-yard day, every second Thursday in May")
    page.fill("#id_summary_en", "Once a year the firms of the area open their gates.")
    page.fill("#id_problem_and_context_en", "Nobody in town knew what the firms did.\n\nYoung people moved away.")
    page.fill(
        "#id_how_it_works_en", "The office of the area sets the date:\n- a form to all firms\n- one page of programme"
    )
    page.fill("#id_stakeholders_and_beneficiaries_en", "The firms, two schools and the town.")
    page.get_by_role("radio", name="Slovenian").check()
    page.fill("#id_title_sl", "Dan odprtih dvorišč")
    page.get_by_role("radio", name="Running").check()
    page.fill("#id_start", "2021-05-01")
    page.get_by_label("Green marketing").check()
    page.select_option("#id_place_1_country", "SI")
    page.fill("#id_place_1_town", "Ptuj")
    page.set_input_files("#id_photo", {"name": "yard.png", "mimeType": "image/png", "buffer": picture(form="PNG")})
    page.fill("#id_photo_credit", "Bistra")
