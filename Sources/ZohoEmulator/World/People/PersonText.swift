/// Writes a generated person as the JSON object of a user record.
///
/// Keys, their letter case and their order follow the samples of the Get Users documentation, v2
/// and v7; v8's additions come after them. `everything` writes the union, which is what a changed
/// user is kept as.
struct PersonText {
    let population: Population
    let fields: CRMVersion.Fields
    var everything = false

    private var original: Bool { everything || fields == .original }
    private var shifted: Bool { everything || fields >= .shifted }
    private var extended: Bool { everything || fields == .extended }

    func append(_ person: GeneratedPerson, to text: inout JSONText) {
        let isCaller = person.index == 0
        text.raw(#"{"country":"#)
        text.string(person.culture.country)
        reference(#","role":"#, person.role.name, person.role.id, &text)
        text.raw(#","city":"#)
        text.string(person.culture.city)
        text.raw(#","language":"en_US","locale":"#)
        text.string(person.culture.locale)
        text.raw(#","microsoft":false,"Isonline":"#)
        text.bool(isCaller)
        reference(#","Modified_By":"#, population.caller.fullName, population.id(0), &text)
        if shifted { text.raw(#","$shift_effective_from":null,"$current_shift":null,"$next_shift":null"#) }
        text.raw(#","street":"#)
        text.string(person.street)
        if original { text.raw(#","Currency":"USD""#) }
        text.raw(#","alias":"#)
        text.string(person.alias)
        text.raw(#","id":"#)
        text.identifier(person.id)
        text.raw(#","state":"#)
        text.string(person.culture.state)
        text.raw(#","fax":null,"country_locale":"#)
        text.string(shifted ? person.culture.locale : String(person.culture.locale.suffix(2)))
        if shifted {
            text.raw(#","sandboxDeveloper":"#)
            text.bool(person.traits.kind == "Sandbox Developer User")
        }
        text.raw(#","first_name":"#)
        text.string(person.firstName)
        text.raw(#","email":"#)
        text.string(person.email)
        if original || extended { reportingTo(person, &text) }
        text.raw(#","zip":"#)
        text.string(person.zip)
        if shifted {
            text.raw(#","status_reason__s":"#)
            text.string(person.statusReason)
            text.raw(#","decimal_separator":"Period","number_separator":"Comma""#)
        }
        times(person, &text)
        reference(#","profile":"#, person.profile.name, person.profile.id, &text)
        text.raw(#","mobile":null,"last_name":"#)
        text.string(person.lastName)
        text.raw(#","time_zone":"#)
        text.string(person.culture.zone.name)
        reference(#","created_by":"#, population.caller.fullName, population.id(0), &text)
        text.raw(#","zuid":"#)
        if let zuid = person.zuid { text.identifier(zuid) } else { text.raw("null") }
        text.raw(#","confirm":"#)
        text.bool(person.traits.confirmed)
        text.raw(#","full_name":"#)
        text.string(person.fullName)
        if original { text.raw(#","territories":[]"#) }
        text.raw(#","phone":"#)
        text.string(person.phone)
        text.raw(#","dob":"#)
        text.string(person.birthday)
        text.raw(#","date_format":"MMM d, yyyy","status":"#)
        text.string(person.traits.status.rawValue)
        if shifted {
            text.raw(#","type__s":"#)
            text.string(person.traits.kind)
        }
        if extended { additions(person, &text) }
        if isCaller { ownRecord(person, &text) }
        text.byte("}")
    }

    private func reference(_ key: StaticString, _ name: String, _ id: Int, _ text: inout JSONText) {
        text.raw(key)
        text.raw(#"{"name":"#)
        text.string(name)
        text.raw(#","id":"#)
        text.identifier(id)
        text.byte("}")
    }

    private func reportingTo(_ person: GeneratedPerson, _ text: inout JSONText) {
        if person.reportsToCaller {
            reference(#","Reporting_To":"#, population.caller.fullName, population.id(0), &text)
        } else {
            text.raw(#","Reporting_To":null"#)
        }
    }

    private func times(_ person: GeneratedPerson, _ text: inout JSONText) {
        let zone = person.culture.zone
        text.raw(#","created_time":""#)
        TimeText.append(person.created, offset: zone.offset(at: person.created), to: &text)
        text.raw(#"","website":null,"Modified_Time":""#)
        TimeText.append(person.traits.modified, offset: zone.offset(at: person.traits.modified), to: &text)
        text.raw(#"","time_format":"hh:mm a","offset":"#)
        text.number(zone.standard * 1000)
    }

    private func additions(_ person: GeneratedPerson, _ text: inout JSONText) {
        let zone = person.culture.zone
        text.raw(#","ezuid":null,"image_link":null,"share_among_subordinates":false,"imap_status":false"#)
        text.raw(#","distance_preference__s":"Kilometers","rtl_enabled":"#)
        text.bool(person.culture.locale == "ar_SA" || person.culture.locale == "iw_IL")
        text.raw(#","telephony_enabled":false,"Status_Updated_By__s":null,"Status_Updated_Time__s":null"#)
        text.raw(#","Invited_By__s":null,"Invited_Time__s":""#)
        TimeText.append(person.created, offset: zone.offset(at: person.created), to: &text)
        text.raw(#"","Confirmed_Time__s":"#)
        guard person.traits.confirmed else { return text.raw("null") }
        text.byte("\"")
        TimeText.append(person.created + 3600, offset: zone.offset(at: person.created + 3600), to: &text)
        text.byte("\"")
    }

    /// Keys that the samples show on the caller's own record only.
    private func ownRecord(_ person: GeneratedPerson, _ text: inout JSONText) {
        if fields == .original && !everything {
            text.raw(#","name_format":"Salutation,First Name,Last Name","decimal_separator":"en_US""#)
        } else {
            text.raw(#","name_format__s":"Salutation,First Name,Last Name""#)
            text.raw(#","sort_order_preference__s":"First Name,Last Name""#)
        }
        text.raw(#","customize_info":{"notes_desc":null,"show_right_panel":null,"bc_view":null,"show_home":false"#)
        text.raw(#","show_detail_view":true,"unpin_recent_item":null},"signature":"<div>Regards</div>""#)
        text.raw(#","personal_account":false,"default_tab_group":"0","theme":{"normal_tab":{"font_color":"#)
        text.raw(##""#FFFFFF","background":"#222222"},"selected_tab":{"font_color":"#FFFFFF","background":"##)
        text.raw(##""#222222"},"new_background":null,"background":"#F3F0EB","screen":"fixed","type":"default"}"##)
    }
}
